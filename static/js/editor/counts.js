/* How long the text is: words as articles.text.body counts them, and the time to read them. */
const WORD = /[\p{L}\p{N}_]+(?:[-'’.][\p{L}\p{N}_]+)*/gu;

export function drawCounts(place, editor, perMinute) {
  const draw = () => {
    const text = editor.state.doc.textBetween(0, editor.state.doc.content.size, "\n", "\n");
    const words = text.match(WORD)?.length ?? 0;
    const minutes = Math.max(1, Math.round(words / perMinute));
    const length = `${words.toLocaleString()} ${words === 1 ? "word" : "words"}`;
    place.textContent = words ? `${length} · ${minutes} min to read, at ${perMinute} words a minute` : "No words yet";
  };
  editor.on("update", draw);
  draw();
}
