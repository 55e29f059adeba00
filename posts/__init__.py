"""Posts: albums of pictures with a caption, and the likes on them."""
