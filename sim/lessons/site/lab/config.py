"""JupyterLab's settings for the lessons. Passed with --config; a person's own Jupyter settings are not read."""

from sim.lessons.lab import keep_lesson_clean
from sim.lessons.serve import HOST, SITE

c = get_config()  # noqa: F821

c.ServerApp.ip = HOST
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.answer_yes = True
c.ServerApp.log_level = "WARN"
c.ServerApp.allow_root = True
c.ServerApp.terminals_enabled = False
c.ContentsManager.pre_save_hook = keep_lesson_clean

# Nothing leaves this machine: no news, no update check, no extension catalogue.
c.LabApp.extra_labextensions_path = [str(SITE)]
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# A kernel whose tab was closed an hour ago is not waited for.
c.MappingKernelManager.cull_idle_timeout = 3600
c.MappingKernelManager.cull_interval = 120
