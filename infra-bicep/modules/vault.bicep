// Each city's two signing keys. Private halves never leave the vault; secrets are set by the post-provision step, not by a template.
param name string
param location string

@description('The cities\' ids.')
param cities string[]

@description('Keys in a hardware security module.')
param hsm bool

@description('Whether it answers on the private network only.')
param isPrivate bool
param workspaceId string

// The names that functions/KeyVault/KeyVaultSigner.cs asks for.
var algorithms = [
  { suffix: 'es256', properties: { kty: hsm ? 'EC-HSM' : 'EC', curveName: 'P-256' } }
  { suffix: 'rs256', properties: { kty: hsm ? 'RSA-HSM' : 'RSA', keySize: 2048 } }
]
var keys = flatten(map(
  cities,
  city => map(algorithms, algorithm => { name: '${city}-${algorithm.suffix}', properties: algorithm.properties })
))

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: hsm ? 'premium' : 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'AzureServices' } // templates make the keys
  }
}

// A new version every year; the old one signs for nobody then, and is published for ever. It expires a year after that.
@batchSize(10)
resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' = [
  for key in keys: {
    parent: vault
    name: key.name
    properties: union(key.properties, {
      keyOps: ['sign', 'verify']
      attributes: { enabled: true, exportable: false }
      rotationPolicy: {
        attributes: { expiryTime: 'P2Y' }
        lifetimeActions: [
          { action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P1Y' } }
          { action: { type: 'notify' }, trigger: { timeBeforeExpiry: 'P30D' } }
        ]
      }
    })
  }
]

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: { workspaceId: workspaceId, logs: [{ category: 'AuditEvent', enabled: true }] }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
output keyNames string[] = [for key in keys: key.name]
