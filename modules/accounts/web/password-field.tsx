import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useT } from '#web'

/** A password field whose fault and whose eye are told to those who listen. */
export const PasswordField = (props: Omit<PasswordInputProps, 'error'> & { error: string | undefined }) => {
  const t = useT()
  return (
    <PasswordInput {...props} aria-invalid={props.error !== undefined} visibilityToggleButtonProps={{ 'aria-label': t('accounts.show_password'), tabIndex: 0 }} />
  )
}
