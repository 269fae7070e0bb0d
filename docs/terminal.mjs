// Draws what a terminal shows as an SVG: node docs/terminal.mjs TITLE < ANSI > SVG. docs/demonstration.svg is drawn of
//   tmux new-session -d -x 100 -y 110 'dotnet run --project examples/Host; sleep 60'     and, when it is through,
//   tmux capture-pane -e -p
import { readFileSync } from 'node:fs';

const colors = ['#484f58', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#76e3ea', '#c9d1d9'];
const bright = ['#8b949e', '#ffa198', '#a5f0ae', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0f5', '#ffffff'];
const [characterWidth, lineHeight, padding, bar] = [7.25, 17, 18, 34];
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

// What the codes between ESC [ and m say, of those that programs here use.
function apply(style, codes) {
  const numbers = codes.split(/[;:]/).map(Number);
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i];
    if (n === 0) style = {};
    else if (n === 1) style = { ...style, bold: true };
    else if (n === 2) style = { ...style, dim: true };
    else if (n === 22) style = { ...style, bold: false, dim: false };
    else if (n >= 30 && n <= 37) style = { ...style, color: colors[n - 30] };
    else if (n >= 90 && n <= 97) style = { ...style, color: bright[n - 90] };
    else if (n === 38 && numbers[i + 1] === 5) {
      const c = numbers[i + 2];
      style = { ...style, color: c < 8 ? colors[c] : c < 16 ? bright[c - 8] : style.color };
      i += 2;
    } else if (n === 39) style = { ...style, color: undefined };
  }
  return style;
}

let style = {};
const lines = readFileSync(0, 'utf8').trimEnd().split('\n').map(line => {
  let spans = '';
  line.split(/\x1b\[([0-9;:]*)m/).forEach((part, i) => {
    if (i % 2) style = apply(style, part);
    else if (part) {
      const attributes = [
        style.color && ` fill="${style.color}"`, style.bold && ' font-weight="bold"', style.dim && ' fill-opacity=".65"',
      ].filter(Boolean).join('');
      spans += attributes ? `<tspan${attributes}>${escape(part)}</tspan>` : escape(part);
    }
  });
  return spans.trimEnd();
});

const columns = 100;
const width = Math.ceil(columns * characterWidth + 2 * padding);
const height = lines.length * lineHeight + bar + padding;
const rows = lines.map((line, i) => line && `<text x="${padding}" y="${bar + 14 + i * lineHeight}" xml:space="preserve">${line}</text>`);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12" fill="#c9d1d9">
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="#0d1117" stroke="#8b949e" stroke-opacity=".5"/>
<g fill="#8b949e"><circle cx="20" cy="17" r="5"/><circle cx="38" cy="17" r="5"/><circle cx="56" cy="17" r="5"/></g>
<text x="${width / 2}" y="21" text-anchor="middle" fill="#8b949e">${escape(process.argv[2] ?? '')}</text>
${rows.filter(Boolean).join('\n')}
</svg>`);
