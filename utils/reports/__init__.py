"""What leaves a night: one model of what it says, that the page's paper, the workbook and the files render."""
