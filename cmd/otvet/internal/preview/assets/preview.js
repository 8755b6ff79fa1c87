// Loads the page again when the content is not what it was made from any more.
const { preview: seen } = document.querySelector("[data-preview]").dataset;
const pause = () => new Promise((done) => setTimeout(done, 1000));

for (let same = true; same; ) {
  try {
    const answer = await fetch(`/preview/state?seen=${seen}`);
    same = answer.status !== 200;
    if (!answer.ok) await pause();
  } catch {
    await pause(); // the program is being started again
  }
}
location.reload();
