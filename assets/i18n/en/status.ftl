# The bar at the bottom.
