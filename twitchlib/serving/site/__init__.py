"""The course as a folder of files, whose lessons the browser itself runs."""
