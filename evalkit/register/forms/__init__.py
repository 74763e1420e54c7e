"""Forms: what reporters are asked, the workbook that asks it, what comes back, and the answer to it."""
