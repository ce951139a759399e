// A private network: a subnet that the app calls out from, one for the app that verifies, one for the private endpoints.
param environmentName string
param location string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-badges-${environmentName}'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.80.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.80.0.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'verify'
        properties: {
          addressPrefix: '10.80.2.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.80.1.0/24' } }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource verify 'subnets' existing = { name: 'verify' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

output networkId string = network.id
output appSubnetId string = network::app.id
output verifySubnetId string = network::verify.id
output endpointsSubnetId string = network::endpoints.id
