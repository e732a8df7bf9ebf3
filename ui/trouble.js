// Note why the server did not take what was asked, so that the message says it (style in
// who.css). Gradio shows one message for every cause. Runs once.
// Knows nothing of what was asked.
const causes = { 401: "login", 403: "rights", 413: "size", 503: "busy" };
const send = window.fetch;
window.fetch = async (...sent) => {
  const answer = await send(...sent);
  document.documentElement.dataset.trouble = causes[answer.status] ?? "";
  return answer;
};
