"""What is proven about a whole network rather than asked of one flow; see README.md in this folder."""
