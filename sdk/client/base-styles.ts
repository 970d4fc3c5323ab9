/**
 * What makes a frame look like the host before a module adds a rule: type, spacing, controls, focus.
 * `:where` keeps every selector at no specificity.
 */
export const baseStyles = `
*,::before,::after{box-sizing:border-box}
:where(html){font-family:var(--font-sans,Inter,ui-sans-serif,system-ui,sans-serif);font-size:14px;line-height:1.5;color:var(--foreground,CanvasText);background:var(--background,Canvas);-webkit-text-size-adjust:100%;font-feature-settings:"cv11","ss01"}
:where(html[data-graft=widget]){background:var(--card,Canvas)}
:where(body){margin:0;min-width:0;overflow-wrap:anywhere}
:where(h1,h2,h3,h4,p,ul,ol,dl,dd,figure,fieldset,blockquote,pre){margin:0;padding:0}
:where(ul[class],ol[class]){list-style:none}
:where(fieldset){border:0;min-width:0}
:where(h1){font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.01em}
:where(h2){font-size:16px;line-height:24px;font-weight:600}
:where(h3,h4){font-size:14px;line-height:20px;font-weight:600}
:where(small){font-size:12px}
:where(a){color:var(--primary);text-underline-offset:3px;text-decoration-thickness:1px}
:where(time,table,[data-number]){font-variant-numeric:tabular-nums}
:where(hr){border:0;border-top:1px solid var(--border);margin:16px 0}
:where(img,svg,video){max-width:100%;height:auto}
:where(button,input,select,textarea){font:inherit;color:inherit;letter-spacing:inherit}
:where(input:not([type=checkbox],[type=radio],[type=range]),select,textarea){width:100%;min-height:36px;padding:7px 10px;color:var(--foreground);background:var(--background);border:1px solid var(--input);border-radius:calc(var(--radius,8px) - 2px)}
:where(textarea){min-height:96px;resize:vertical;line-height:1.5}
:where(input[type=checkbox],input[type=radio]){accent-color:var(--primary);width:16px;height:16px;margin:0;flex:none}
:where(::placeholder){color:var(--muted-foreground);opacity:1}
:where(button){display:inline-flex;align-items:center;justify-content:center;gap:6px;min-height:32px;padding:5px 12px;border:1px solid var(--border);border-radius:calc(var(--radius,8px) - 2px);background:var(--background);font-weight:500;font-size:13px;line-height:20px;cursor:pointer;transition:background-color .12s,border-color .12s}
:where(button:hover:not(:disabled)){background:var(--accent);color:var(--accent-foreground)}
:where(button[data-variant=primary]){background:var(--primary);border-color:var(--primary);color:var(--primary-foreground)}
:where(button[data-variant=primary]:hover:not(:disabled)){background:var(--primary);color:var(--primary-foreground);filter:brightness(1.08)}
:where(button[data-variant=destructive]){background:transparent;color:var(--danger);border-color:color-mix(in oklab,var(--danger) 40%,transparent)}
:where(button[data-variant=ghost]){background:transparent;border-color:transparent}
:where(button:disabled,input:disabled,select:disabled,textarea:disabled){opacity:.5;cursor:not-allowed}
:where(:focus-visible){outline:2px solid var(--ring);outline-offset:2px}
:where([hidden]){display:none!important}
@media (prefers-reduced-motion:reduce){*,::before,::after{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
`;
