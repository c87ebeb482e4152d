// Runs in the browser. All content is there without it: it only hides what was not asked for.
(() => {
    const words = (element) => {
        element.searched ??= `${element.textContent} ${element.dataset.text ?? ""}`.toLowerCase();
        return element.searched;
    };

    const asks = (form) => {
        const asked = [...new FormData(form)].filter(([, value]) => value !== "");
        return (item) =>
            asked.every(([name, value]) => {
                if (name !== "text") return (item.dataset[name] ?? "").split(" ").includes(value);
                return value
                    .toLowerCase()
                    .split(/\s+/)
                    .every((word) => words(item).includes(word));
            });
    };

    const apply = (form) => {
        const lists = [...document.querySelectorAll(`[data-list="${form.dataset.filter}"]`)];
        const items = lists.flatMap((list) => [...list.querySelectorAll("[data-item]")]);
        const fits = asks(form);
        for (const item of items) item.hidden = !fits(item);
        const groups = lists.flatMap((list) => [list, ...list.querySelectorAll("[data-group]")]);
        for (const group of groups)
            group.hidden = !group.querySelector("[data-item]:not([hidden])");
        const shown = items.filter((item) => !item.hidden).length;
        const found = form.querySelector(".found");
        found.textContent = `${shown} of ${items.length} ${found.dataset.word}`;
    };

    const forms = [...document.querySelectorAll("form[data-filter]")];
    for (const form of forms) {
        form.hidden = false;
        form.addEventListener("input", () => apply(form));
        form.addEventListener("submit", (event) => event.preventDefault());
        apply(form);
    }

    // A link leads to something that may be folded away, or filtered out.
    const reveal = () => {
        const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        if (!target) return;
        if (target.closest("[hidden]")) {
            for (const form of forms) {
                form.reset();
                apply(form);
            }
        }
        for (let at = target; at; at = at.parentElement) {
            if (at instanceof HTMLDetailsElement) at.open = true;
        }
        target.scrollIntoView();
    };
    addEventListener("hashchange", reveal);
    reveal();

    // Paper shows what is folded away too.
    let folded = [];
    addEventListener("beforeprint", () => {
        folded = [...document.querySelectorAll("details:not([open])")];
        for (const one of folded) one.open = true;
    });
    addEventListener("afterprint", () => {
        for (const one of folded) one.open = false;
    });
})();
