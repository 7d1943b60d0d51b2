import axe from 'axe-core';

/** What axe finds. It sees no colours here: jsdom has no layout. */
export async function violations(container: Element): Promise<readonly string[]> {
  const { violations: found } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
