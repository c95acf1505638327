/* A small JupyterLab extension, written by hand so that nobody needs Node to build it.
 *
 * It loads the kit's style sheet, folds the file browser away, and runs a lesson's cells once when the lesson
 * opens, so that a learner who cannot code finds the panels alive. Only notebooks that say
 * metadata.receivables_lab.run_on_open are run.
 */
(() => {
  const here = document.currentScript.src;
  let shared = null;

  const sharedModule = async name => {
    const versions = shared[name];
    const newest = Object.keys(versions).sort().pop();
    return (await versions[newest].get())();
  };

  const loadSite = () => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('site.css', here).href;
    const scripts = ['site.js', 'labs.js'].map(name => {
      const script = document.createElement('script');
      script.src = new URL(name, here).href;
      return script;
    });
    document.head.append(link, ...scripts);
  };

  const runLesson = async (app, panel) => {
    await Promise.all([panel.context.ready, panel.revealed, app.restored]);
    const lesson = panel.context.model.getMetadata('receivables_lab');
    if (!lesson) {
      return;
    }
    panel.addClass('arlab-lesson');
    document.documentElement.lang = lesson.language === 'zh' ? 'zh-CN' : 'en';
    await panel.sessionContext.ready;
    const kernel = panel.sessionContext.session?.kernel;
    if (!lesson.run_on_open || !kernel) {
      return;
    }
    await kernel.info;
    app.shell.activateById(panel.id);
    await app.commands.execute('notebook:run-all-cells');
    panel.content.activeCellIndex = 0;
    panel.content.mode = 'command';
    panel.content.scrollToItem(0);
  };

  const plugin = notebook => ({
    id: 'receivables-lab:lessons',
    autoStart: true,
    requires: [notebook.INotebookTracker],
    activate: (app, tracker) => {
      loadSite();
      app.restored.then(() => app.shell.collapseLeft?.());
      tracker.widgetAdded.connect((_, panel) => {
        runLesson(app, panel).catch(reason => console.warn('receivables-lab:', reason));
      });
    }
  });

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['receivables-lab'] = {
    init: scope => {
      shared = scope;
    },
    get: async () => {
      const notebook = await sharedModule('@jupyterlab/notebook');
      return () => ({ __esModule: true, default: plugin(notebook) });
    }
  };
})();
