// Reads lines of JSON {schema, valid: [...], invalid: [...]} and answers each with a line {errors: [...]}: what is wrong with the
// schema, which of the valid values it refuses and why, and which of the invalid ones it takes.
import { createInterface } from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';

function check({ schema, valid = [], invalid = [] }) {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, validateFormats: false });
  let validate;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    return [`schema: ${error.message}`];
  }

  const refused = valid.flatMap((value, index) =>
    validate(value) ? [] : [`valid[${index}]: ${ajv.errorsText(validate.errors, { dataVar: '' })}`]);
  const taken = invalid.flatMap((value, index) => (validate(value) ? [`invalid[${index}]: accepted`] : []));
  return [...refused, ...taken];
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ errors: check(JSON.parse(line)) }));
}
