// A link to a comment that stands on another page of the discussion by now leads on to it.
const { hash } = location;
const number = /^#comment-(\d+)$/.exec(hash)?.[1];
if (number && !document.getElementById(`comment-${number}`)) {
  const answer = await fetch(`/comments/${number}/`, { method: "HEAD" });
  if (answer.ok && answer.redirected) location.replace(`${answer.url}${hash}`);
}
