// Checks front matter against front-matter.schema.json while one writes, and with `npx remark .`.
// After an update of okrsite: okrsite schema > front-matter.schema.json
import { readFileSync } from "node:fs";
import remarkFrontmatter from "remark-frontmatter";
import remarkLintFrontmatterSchema from "remark-lint-frontmatter-schema";

const file = new URL("front-matter.schema.json", import.meta.url);
// The rule does not know this version of JSON Schema by its address, but what is used of it.
const { $schema, ...schema } = JSON.parse(readFileSync(file, "utf8"));

export default {
  plugins: [remarkFrontmatter, [remarkLintFrontmatterSchema, { embed: schema }]],
};
