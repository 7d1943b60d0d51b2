/**
 * Gives the focus on when what had it goes away. A user who is somewhere else by then stays there.
 *
 * @param from - what had the focus, or has it in itself
 */
export function passFocus(from: Element | null, to: HTMLElement | null | undefined): void {
  const { activeElement, body } = document;
  if (activeElement === body || from?.contains(activeElement)) to?.focus();
}
