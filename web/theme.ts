import {
  createTheme, type ActionIconProps, type ButtonProps, type CSSVariablesResolver, type MantineColorsTuple, type ModalProps, type NumberInputProps, type PasswordInputProps,
  type PopoverProps, type SelectProps, type TabsProps, type TextareaProps, type TextInputProps, type TextProps, type TooltipProps,
} from '@mantine/core'

/** Defaults of a component by its name alone: the theme brings no component along that a screen does not use. */
const by = <P>(defaultProps: Partial<P>): { defaultProps: Partial<P> } => ({ defaultProps })

const teal: MantineColorsTuple = [
  '#e8f4f3', '#cfe7e5', '#a3d1ce', '#72b9b5', '#46a19d', '#23898a', '#0f7676', '#0b6161', '#084d4d', '#043636',
]
/** Greys lean to the accent; 6 and darker are readable on white, 3 and lighter on the dark ground. */
const gray: MantineColorsTuple = [
  '#f6f8f8', '#eef1f1', '#e2e7e7', '#d0d7d7', '#b6c0c0', '#8c9898', '#5a6868', '#445151', '#2c3737', '#161e1e',
]
const dark: MantineColorsTuple = [
  '#dbe3e3', '#b9c4c4', '#9aa8a8', '#6d7c7c', '#364343', '#283333', '#1e2727', '#161d1d', '#101616', '#0a0f0f',
]
const red: MantineColorsTuple = [
  '#fdeeec', '#f9d8d4', '#f3b1a9', '#ec887d', '#e06153', '#cf4334', '#b9301f', '#9c2516', '#7d1c10', '#5c130a',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, gray, dark, red },
  black: gray[9],
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'var(--text-xl)', lineHeight: '1.3' }, h2: { fontSize: 'var(--text-lg)', lineHeight: '1.35' },
      h3: { fontSize: 'var(--text-md)', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: 'var(--text-xs)', sm: 'var(--text-sm)', md: 'var(--text-md)', lg: 'var(--text-lg)', xl: 'var(--text-xl)' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: by<ButtonProps>({ size: 'sm' }),
    ActionIcon: by<ActionIconProps>({ variant: 'subtle', color: 'gray', size: 'lg' }),
    TextInput: by<TextInputProps>({ size: 'sm' }),
    PasswordInput: by<PasswordInputProps>({ size: 'sm' }),
    NumberInput: by<NumberInputProps>({ size: 'sm' }),
    Textarea: by<TextareaProps>({ size: 'sm' }),
    Select: by<SelectProps>({ size: 'sm', checkIconPosition: 'right' }),
    Tabs: by<TabsProps>({ keepMounted: false }),
    Tooltip: by<TooltipProps>({ withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } }),
    Popover: by<PopoverProps>({ shadow: 'md' }),
    Modal: { ...by<ModalProps>({ centered: true, radius: 'md' }), styles: { title: { fontSize: 'var(--text-md)', fontWeight: 600 } } },
    Text: by<TextProps>({ size: 'sm' }),
  },
})

/** Mantine's greys for hints stay below AA on our grounds: these do not. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': red[7],
    '--mantine-color-anchor': teal[7],
    '--mantine-color-default-border': gray[4],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': red[3],
    '--mantine-color-anchor': teal[3],
    '--mantine-color-default': dark[6],
    '--mantine-color-default-hover': dark[5],
    '--mantine-color-default-border': dark[4],
  },
})
