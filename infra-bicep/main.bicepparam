using './main.bicep'
extends './pilot.bicepparam'

// What azd deploys. For a nation, extend ./nation.bicepparam instead.
