# The overview picture of architectures/three-tier with the package `diagrams`: the same boxes, icons and lines.
# Addresses and routes are text in labels here; what passes and what does not cannot be said.
from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2
from diagrams.aws.database import RDS
from diagrams.aws.general import InternetAlt2, Users
from diagrams.aws.network import ALB, InternetGateway, NATGateway, Route53

with Diagram("Three tiers in two zones", show=False, direction="TB"):
    shopper = Users("Shopper")
    payment_api = InternetAlt2("Payment API\n203.0.113.80")
    with Cluster("AWS Cloud"):
        zone = Route53("example.com")
        with Cluster("ap-south-1 (Mumbai)"), Cluster("Shop VPC\n10.0.0.0/16"):
            igw = InternetGateway("igw")
            edge = ALB("Public load balancer\nedge")
            inner = ALB("Internal load balancer\ninner")
            with Cluster("Availability Zone ap-south-1a"):
                with Cluster("Public subnet\n10.0.0.0/24"):
                    nat_a = NATGateway("NAT gateway\n10.0.0.4, 198.51.100.1")
                    web_a = EC2("Web server\n10.0.0.6, 198.51.100.5")
                with Cluster("App subnet\n10.0.10.0/24"):
                    app_a = EC2("App server\n10.0.10.5")
                with Cluster("Data subnet\n10.0.20.0/24"):
                    primary = RDS("Orders database\nprimary 10.0.20.4")
            with Cluster("Availability Zone ap-south-1b"):
                with Cluster("Public subnet\n10.0.1.0/24"):
                    nat_b = NATGateway("NAT gateway\n10.0.1.4, 198.51.100.2")
                    web_b = EC2("Web server\n10.0.1.6, 198.51.100.6")
                with Cluster("App subnet\n10.0.11.0/24"):
                    app_b = EC2("App server\n10.0.11.5")
                with Cluster("Data subnet\n10.0.21.0/24"):
                    standby = RDS("Orders database\nstandby 10.0.21.4")
    shopper >> Edge(label="DNS", style="dashed") >> zone
    shopper >> igw >> edge
    edge >> [web_a, web_b] >> inner >> [app_a, app_b] >> primary
    primary >> Edge(label="Sync replication", style="dashed") >> standby
    app_a >> Edge(style="dashed") >> nat_a >> Edge(style="dashed") >> igw
    app_b >> Edge(style="dashed") >> nat_b >> Edge(style="dashed") >> igw
    igw >> Edge(style="dashed") >> payment_api
