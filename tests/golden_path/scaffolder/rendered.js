// Takes {name: {skeleton, values}} as JSON on standard input, and prints for each name the files that the
// updater of a template's repository makes of it.
import { json } from 'node:stream/consumers';

const [, , folder] = process.argv;
const { Template } = await import(`${folder}/update/template.js`);
const template = new Template(folder);
const rendered = Object.entries(await json(process.stdin)).map(([name, { skeleton, values }]) => {
  const files = template.render(values.version, skeleton, values);
  return [name, Object.fromEntries([...files].map(([file, { content }]) => [file, `${content}`]))];
});
process.stdout.write(JSON.stringify(Object.fromEntries(rendered)));
