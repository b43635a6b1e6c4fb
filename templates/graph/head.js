// Shows the map in place of the plain list; if the map cannot be drawn here, the list comes back.
document.documentElement.className = 'live';
addEventListener('error', function () {
  if (!window.vaultGraph) document.documentElement.className = 'plain';
});
