# docgen as a program: docker build -t docgen . && docker run --rm -v "$PWD:/work" docgen check
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY docgen ./docgen
RUN python -m venv /opt/docgen && /opt/docgen/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.11.14-slim-bookworm
# docgen diff reads revisions with git
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin docgen
COPY --from=build /opt/docgen /opt/docgen
ENV PATH=/opt/docgen/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /work
ENTRYPOINT ["docgen"]
