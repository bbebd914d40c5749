"""Read only: tasks page, overviews, reports and exports."""
