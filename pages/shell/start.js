{ // Where the server is: before the path that this page was asked for. Streamlit would try the page's own path first.
  const { pathname, origin } = location;
  const { asked } = document.currentScript.dataset;
  if (pathname.endsWith(asked)) window.__streamlit = { BACKEND_BASE_URL: `${origin}${pathname.slice(0, pathname.length - asked.length)}/` };
}
