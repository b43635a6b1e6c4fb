// How the scripts of the graph page are checked: as modules, and as the one script that they are joined to.

import js from '@eslint/js';
import globals from 'globals';

import oneScope from './one-scope.mjs';

export default [
  js.configs.recommended,
  {
    files: ['templates/graph/**/*.js'],
    plugins: { scripts: { rules: { 'one-scope': oneScope } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: globals.browser },
    rules: {
      'scripts/one-scope': 'error',
      complexity: ['error', 10],
      'max-lines-per-function': ['error', { max: 25, skipComments: true, skipBlankLines: true }],
      eqeqeq: 'error',
      'no-control-regex': 'off',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-shadow': ['error', { builtinGlobals: false }],
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe'].map((property) => ({
          property,
          message: 'What a note says becomes no markup: use textContent.',
        })),
      ],
      'no-restricted-globals': [
        'error',
        'name',
        'event',
        'status',
        'top',
        'length',
        'parent',
        'origin',
        'find',
        'stop',
      ],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      'no-use-before-define': ['error', { functions: false, variables: false }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['templates/graph/drawing/worker.js'], languageOptions: { globals: globals.worker } },
  {
    // It runs before all else, in whatever browser.
    files: ['templates/graph/head.js'],
    languageOptions: { ecmaVersion: 5, sourceType: 'script' },
    rules: { 'no-var': 'off', 'prefer-const': 'off', 'scripts/one-scope': 'off' },
  },
];
