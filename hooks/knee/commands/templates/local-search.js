// A page opened from a folder may not start a worker from a file: the search's worker starts from its text, which stands here.
(() => {
  const text = {{ text | tojson }};
  const FromFile = window.Worker;
  window.Worker = class {
    constructor() {
      return new FromFile(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    }
  };
})();
