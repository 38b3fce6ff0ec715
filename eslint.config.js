import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["assets/**/*.mjs", "*.js"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["jobfair/static/js/**/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      globals: { ...globals.browser, ...globals.serviceworker },
    },
  },
  {
    // The scanner runs on phones as old as Chrome 80 and Safari 14.
    files: ["jobfair/static/js/door*.js", "jobfair/static/js/door/*.js"],
    languageOptions: { ecmaVersion: 2020 },
    rules: {
      "no-restricted-globals": ["error", "structuredClone", "OscillatorNode", "GainNode"],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression > MemberExpression.callee[property.name=/^(at|replaceAll|replaceChildren|hasOwn|findLast|findLastIndex|randomUUID|toSorted|any)$/]",
          message: "The oldest phones don't know this yet.",
        },
        {
          selector: "Literal[regex.pattern=/\\(\\?<[=!]/]",
          message: "Safari 14 can't look behind.",
        },
      ],
    },
  },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 8],
      "consistent-return": "error",
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 60],
      "no-eval": "error",
      "no-implicit-coercion": "error",
      "no-param-reassign": "error",
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-use-before-define": ["error", { functions: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
