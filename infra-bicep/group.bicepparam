using './modules/hub.bicep'
extends './pilot.bicepparam'

// The same hub in a resource group that is there already. For a nation, extend ./nation.bicepparam instead.
