"""What a build sends to readers, made small and safe."""
