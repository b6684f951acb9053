// A bulk act goes on by itself, request by request, until there is something to read or to confirm. Without this
// module the same is done by pressing Continue.

const form = document.querySelector(".bulk-goes-on");

async function step() {
  const answer = await fetch(location.href, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
  return answer.json();
}

async function goOn() {
  let state;
  do {
    state = await step();
    form.querySelector("progress").value = state.done;
    form.querySelector(".bulk-said").textContent = state.said;
  } while (state.is_going_on);
  location.replace(location.pathname);
}

goOn().catch((error) => {
  form.querySelector(".bulk-trouble").hidden = false;
  console.warn("the bulk act stopped", error);
});
