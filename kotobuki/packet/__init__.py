"""The packet of a meeting (会議資料): the papers of its cases bound behind a front page, and the sheets to swap after a change."""
