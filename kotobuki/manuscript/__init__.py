"""A YAML as its author laid it out (原稿): comments, line breaks and quotes, put in order (`tidy`) and merged (`merge`)."""
