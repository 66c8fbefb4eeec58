"""From the files of a project to the files of a build: papers made, laid out, written aside and renamed together."""
