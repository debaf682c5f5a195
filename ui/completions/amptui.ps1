# PowerShell completion for amptui

Register-ArgumentCompleter -Native -CommandName 'amptui' -ScriptBlock {
    param($word, $line, $cursor)

    # The words before the cursor as the shell would hand them over. Nothing that stands
    # in them is run: a variable is looked up, all else that is not constant stays as typed.
    $typed = @(
        foreach ($part in @($line.CommandElements) | Select-Object -Skip 1) {
            if ($part.Extent.EndOffset -ge $cursor) { break }
            if ($part -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $value = $part.Value
                if ($part.StringConstantType -eq 'BareWord' -and $value -match '^~[/\\]') { $value = $HOME + $value.Substring(1) }
                $value
            } elseif ($part -is [System.Management.Automation.Language.VariableExpressionAst] -and $part.VariablePath.IsUnqualified) {
                [string]$ExecutionContext.SessionState.PSVariable.GetValue($part.VariablePath.UserPath)
            } else {
                $part.Extent.Text
            }
        }
    )
    # A quote may still be open.
    $begun = [string]$word
    if ($begun -match "^[`"']") { $begun = $begun.Substring(1).TrimEnd($begun[0]) }

    # Before 7.3 an empty argument and quotes inside of one are lost unless they are escaped.
    $passed = @('__complete') + $typed + $begun
    if ($null -eq $PSNativeCommandArgumentPassing -or $PSNativeCommandArgumentPassing -eq 'Legacy') {
        $passed = @(foreach ($one in $passed) {
            $one = $one -replace '(\\*)"', '$1$1\"'
            if ($one -eq '') { '""' } elseif ($one -match '\s') { $one -replace '(\\+)$', '$1$1' } else { $one }
        })
    }
    $program = [string]$line.CommandElements[0].Value
    if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) { $program = 'amptui' }
    $was = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
        $offered = @(& $program @passed 2>$null)
    } finally {
        [Console]::OutputEncoding = $was
    }
    if ($offered.Count -eq 0 -or -not ($offered[-1] -match '^:(\d+)$')) { return }
    $directive = [int]$Matches[1]
    if ($offered.Count -eq 1) {
        # An empty word keeps the shell from offering files.
        if ($directive -band 5) { '' }
        return
    }

    # After a flag's "=" the value alone is offered; PowerShell wants the flag too.
    $flag = if ($begun -match '^(-[^=]*=)') { $Matches[1] } else { '' }
    foreach ($row in $offered[0..($offered.Count - 2)]) {
        $value, $means = $row -split "`t", 2
        $whole = $flag + $value
        $text = $whole
        if ($whole -notmatch '^[A-Za-z0-9_./:=+-]+$') {
            $text = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($whole) + "'"
        }
        if (-not $means) { $means = $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $means)
    }
}
