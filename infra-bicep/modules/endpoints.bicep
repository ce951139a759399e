// Storage and vault on the private network, under their usual names.
param environmentName string
param location string
param subnetId string
param networkId string
param storageId string
param vaultId string

@description('Whether verification is an app of its own, whose Functions host has an account of its own.')
param verifyApart bool
param hostStorageId string

var targets = [
  { name: 'blob', id: storageId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { name: 'queue', id: storageId, zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { name: 'table', id: storageId, zone: 'privatelink.table.${environment().suffixes.storage}' }
  { name: 'vault', id: vaultId, zone: 'privatelink.vaultcore.azure.net' }
]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for target in targets: { name: target.zone, location: 'global' }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (target, i) in targets: {
    parent: zone[i]
    name: 'hub'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for target in targets: {
    name: 'pe-badges-${environmentName}-${target.name}'
    location: location
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        { name: target.name, properties: { privateLinkServiceId: target.id, groupIds: [target.name] } }
      ]
    }
  }
]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (target, i) in targets: {
    parent: endpoint[i]
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: target.name, properties: { privateDnsZoneId: zone[i].id } }] }
  }
]

resource hostEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = if (verifyApart) {
  name: 'pe-verify-${environmentName}-blob'
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: hostStorageId, groupIds: ['blob'] } }
    ]
  }
}

resource hostNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = if (verifyApart) {
  parent: hostEndpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: zone[0].id } }] }
}
