// Runs in the page: every visible piece of text whose contrast with what lies behind it is below WCAG AA.
() => {
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const paint = (layers) => {
    brush.clearRect(0, 0, 1, 1);
    for (const colour of layers) {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      const style = getComputedStyle(node);
      const gradient = /gradient\([^,]+, *(rgb[^)]*\)|#\w+)/.exec(style.backgroundImage);
      layers.unshift(gradient ? gradient[1] : style.backgroundColor);
    }
    return layers;
  };
  const contrast = (element) => {
    const ground = behind(element);
    const two = [light(paint(ground)), light(paint([...ground, getComputedStyle(element).color]))].sort((a, b) => b - a);
    return (two[0] + 0.05) / (two[1] + 0.05);
  };
  const spoken = [...document.body.querySelectorAll("*:not(svg *)")].filter((element) => {
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return words && element.checkVisibility() && !element.closest(":disabled, dialog:not([open])");
  });
  const poor = spoken.map((element) => [element.textContent.trim().slice(0, 40), element.className, contrast(element)]);
  return { looked: spoken.length, poor: poor.filter(([, , ratio]) => ratio < 4.5).map(([text, name, ratio]) => `${ratio.toFixed(2)} ${name}: ${text}`) };
}
