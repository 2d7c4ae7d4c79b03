/** Of the widget's shadow tree: the page's own styles do not reach in, and these do not reach out. */
export const WIDGET_STYLE = `
:host{all:initial!important;--c:#0b5a7a;position:fixed!important;z-index:2147483000!important;right:20px!important;bottom:20px!important}
*{box-sizing:border-box}
[hidden]{display:none!important}
button{font:inherit;cursor:pointer;border:0;color:#fff;background:var(--c)}
:focus-visible{outline:3px solid #f2a900;outline-offset:2px}
.open,.panel{font:16px/1.45 system-ui,sans-serif;color:#1b2327}
.open{position:relative;color:#fff;display:block;margin-left:auto;width:60px;height:60px;border-radius:50%;box-shadow:0 4px 16px #0005}
.open svg{display:block;margin:auto}
.count{position:absolute;top:-4px;right:-4px;min-width:24px;height:24px;padding:0 6px;border-radius:12px;background:#b3261e;font-size:14px;line-height:24px;text-align:center}
.panel{display:flex;flex-direction:column;width:370px;max-width:calc(100vw - 40px);height:540px;max-height:calc(100dvh - 40px);background:#fff;border-radius:14px;overflow:hidden;box-shadow:0 10px 40px #0006}
header{display:flex;align-items:center;gap:8px;padding:12px 12px 12px 18px;background:var(--c);color:#fff}
h2{flex:1;margin:0;font-size:17px;font-weight:600;overflow-wrap:anywhere}
.close{width:44px;height:44px;border-radius:8px;font-size:24px;line-height:1}
.log{flex:1;overflow-y:auto;padding:16px;background:#f3f6f7;overscroll-behavior:contain}
.m{width:fit-content;max-width:85%;margin:0 0 10px;padding:9px 13px;border-radius:14px;background:#fff;border:1px solid #d5dde0;white-space:pre-wrap;overflow-wrap:anywhere}
.mine{margin-left:auto;background:var(--c);border-color:var(--c);color:#fff}
.by,time{display:block;font-size:12px}
.by{font-weight:600}
.mine .by{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.m.away{font-style:italic}
.failed{background:#fff;border:2px solid #b3261e;color:#1b2327}
.note{margin:0;padding:8px 16px;font-size:14px;background:#fff6dc;border-top:1px solid #eedd9f}
form{display:flex;gap:8px;align-items:flex-end;padding:12px;border-top:1px solid #d5dde0}
textarea{flex:1;min-width:0;height:64px;max-height:140px;padding:9px 11px;font:inherit;color:inherit;background:#fff;border:1px solid #6b7b82;border-radius:10px;resize:none}
.send{height:44px;padding:0 16px;border-radius:10px;font-weight:600}
.send:disabled{opacity:.55}
@media(max-width:480px){:host(.is-open){right:0!important;bottom:0!important}.panel{width:100vw;max-width:none;height:100dvh;max-height:none;border-radius:0}}
@media(forced-colors:active){.m,.open,.panel,.send{border:1px solid}}
`.replaceAll('\n', '');
