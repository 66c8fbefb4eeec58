"""Word: reads the stylesheet `templates/base.docx` and writes documents as .docx. The one home of lxml."""
