/** One key: the binding it means is done; else it types, where something takes text. */
import { editFind } from './actions/panes.ts';
import { editSearch, typeText } from './actions/prompt.ts';
import './bindings/table.ts';
import { typeInto } from './bindings/popovers.ts';
import { bindingFor, circumstancesOf, keyTable, scopesOf } from './keymap.ts';
import { typed } from './keys.ts';
import type { Shell } from './shell.ts';

function press(shell: Shell, key: string): void {
  const circumstances = circumstancesOf(shell);
  const binding = bindingFor(keyTable(), key, circumstances);
  if (circumstances.state.notice !== undefined) {
    shell.store.update((state) => {
      state.notice = undefined;
    });
  }
  if (typeof binding === 'object') {
    binding.act(shell, key);
    return;
  }
  const text = typed(key);
  if (text !== undefined && type(shell, text)) return;
  if (typeof binding === 'string') shell.notice(binding);
}

/** Esc and a key typed quickly after it reach us as one, like Alt and that key: where Alt means nothing, they are two. */
export function pressAny(shell: Shell, key: string): void {
  const bound = bindingFor(keyTable(), key, circumstancesOf(shell)) !== undefined;
  if (!key.startsWith('alt-') || bound) {
    press(shell, key);
    return;
  }
  press(shell, 'esc');
  press(shell, key.slice('alt-'.length));
}

/** Whether something took the text. */
function type(shell: Shell, text: string): boolean {
  for (const scope of scopesOf(circumstancesOf(shell))) {
    if (scope === 'prompt') typeText(shell, text);
    else if (scope === 'search') editSearch(shell, (query) => query + text);
    else if (scope === 'find') editFind(shell, (query) => query + text);
    else if (scope === 'popover:palette' || scope === 'popover:form' || scope === 'popover:save') {
      typeInto(shell, (value) => value + text);
    } else continue;
    return true;
  }
  return false;
}
