// Reads lines of JSON {schema, valid: [...], invalid: [...], values: [...]} and answers each with a line {errors: [...], taken: [...]}:
// what is wrong with the schema, which of the valid values it refuses and why, and which of the invalid ones it takes; and for each of
// the values whether it takes it.
import { createInterface } from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';

function check({ schema, valid = [], invalid = [], values = [] }) {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, validateFormats: false });
  let validate;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    return { errors: [`schema: ${error.message}`], taken: [] };
  }

  const refused = valid.flatMap((value, index) =>
    validate(value) ? [] : [`valid[${index}]: ${ajv.errorsText(validate.errors, { dataVar: '' })}`]);
  const accepted = invalid.flatMap((value, index) => (validate(value) ? [`invalid[${index}]: accepted`] : []));
  return { errors: [...refused, ...accepted], taken: values.map((value) => validate(value)) };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(check(JSON.parse(line))));
}
