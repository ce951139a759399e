<#
.SYNOPSIS
Lets the hub's identity send mail from the cities' mailboxes and from no other: RBAC for Applications in Exchange Online.
https://learn.microsoft.com/exchange/permissions-exo/application-rbac

.DESCRIPTION
Needs PowerShell 7, the module ExchangeOnlineManagement and a member of Organization Management. Repeating it is harmless; with other
senders it moves the limit. Do not give the identity Mail.Send in Entra ID as well: rights add up, and that one reaches every mailbox.

.PARAMETER ClientId
The identity's client (application) id.

.PARAMETER ObjectId
The identity's object (principal) id.

.PARAMETER Senders
The mailboxes, with commas between them.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [guid] $ClientId,
    [Parameter(Mandatory)] [guid] $ObjectId,
    [Parameter(Mandatory)] [string] $Senders
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$name = "Badge hub $ObjectId"
$mailboxes = $Senders.Split(',', [StringSplitOptions]'RemoveEmptyEntries, TrimEntries')
foreach ($mailbox in $mailboxes) {
    # It becomes part of a filter.
    if ($mailbox -notmatch '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$') { throw "$mailbox is not the address of a mailbox." }
}
$filter = ($mailboxes | ForEach-Object { "PrimarySmtpAddress -eq '$_'" }) -join ' -or '

if (-not (Get-Module -ListAvailable ExchangeOnlineManagement)) { Install-Module ExchangeOnlineManagement -Scope CurrentUser -Force }
Connect-ExchangeOnline -ShowBanner:$false
try {
    foreach ($mailbox in $mailboxes) { $null = Get-Mailbox -Identity $mailbox }

    if (-not (Get-ServicePrincipal | Where-Object ObjectId -EQ "$ObjectId")) {
        $null = New-ServicePrincipal -AppId "$ClientId" -ObjectId "$ObjectId" -DisplayName $name
    }

    if (Get-ManagementScope | Where-Object Name -EQ $name) { Set-ManagementScope -Identity $name -RecipientRestrictionFilter $filter }
    else { $null = New-ManagementScope -Name $name -RecipientRestrictionFilter $filter }

    if (-not (Get-ManagementRoleAssignment | Where-Object Name -EQ $name)) {
        $null = New-ManagementRoleAssignment -Name $name -App "$ObjectId" -Role 'Application Mail.Send' -CustomResourceScope $name
    }

    foreach ($mailbox in $mailboxes) {
        Test-ServicePrincipalAuthorization -Identity "$ObjectId" -Resource $mailbox | Format-Table RoleName, GrantedPermissions, InScope
    }
}
finally {
    Disconnect-ExchangeOnline -Confirm:$false
}
Write-Host 'Granted. It may take up to two hours to hold.'
