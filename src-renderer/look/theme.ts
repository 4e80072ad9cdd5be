// Our own look on Mantine: colours, sizes and defaults. Surfaces and tones are CSS variables in base.css,
// so that our own parts and Mantine's draw from the same ones in light and dark.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour. */
const cobalt: MantineColorsTuple = [
  '#eef3ff',
  '#dbe5ff',
  '#b6c9fb',
  '#8eabf7',
  '#6b8ff2',
  '#4a76ea',
  '#2d5fdd',
  '#2250c4',
  '#1b419f',
  '#142f75',
];

/** What Mantine draws in dark on its own, between our text and our field. */
const slate: MantineColorsTuple = [
  '#d3d9e2',
  '#b9c2cf',
  '#8791a1',
  '#6b7482',
  '#3a4250',
  '#323a47',
  '#272e39',
  '#1e242d',
  '#14181e',
  '#0f1317',
];

export const theme = createTheme({
  primaryColor: 'cobalt',
  primaryShade: { light: 6, dark: 5 },
  colors: { cobalt, dark: slate },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, monospace',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '24px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: {
      defaultProps: { size: 'sm', allowDeselect: false, checkIconPosition: 'right', withCheckIcon: true },
    },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Tooltip: {
      defaultProps: {
        openDelay: 500,
        closeDelay: 0,
        transitionProps: { duration: 0 },
        events: { hover: true, focus: false, touch: false },
      },
    },
    Popover: {
      defaultProps: {
        transitionProps: { duration: 0 },
        radius: 'lg',
        shadow: 'none',
        returnFocus: true,
        hideDetached: false,
      },
    },
    Menu: {
      defaultProps: { transitionProps: { duration: 0 }, radius: 'lg', shadow: 'none', returnFocus: true },
    },
  },
});

const fromOurs = {
  '--mantine-color-body': 'var(--oh-panel)',
  '--mantine-color-text': 'var(--oh-text)',
  '--mantine-color-dimmed': 'var(--oh-muted)',
  '--mantine-color-placeholder': 'var(--oh-muted)',
  '--mantine-color-default': 'var(--oh-field)',
  '--mantine-color-default-hover': 'var(--oh-hover)',
  '--mantine-color-default-color': 'var(--oh-text)',
  '--mantine-color-default-border': 'var(--oh-field-line)',
  '--mantine-color-error': 'var(--oh-stop-text)',
  '--mantine-color-anchor': 'var(--oh-accent-text)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--input-height-sm': '36px',
    '--input-size': '36px',
  },
  light: fromOurs,
  dark: fromOurs,
});
