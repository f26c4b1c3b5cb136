@echo off
rem Pose un raccourci " Observatoire " sur le bureau de la personne qui lance ce fichier. Aucun droit d'administrateur.
rem Le chemin passe par une variable : un dossier dont le nom porte une apostrophe ne gene pas.
setlocal
set "OBS_EXE=%~dp0observatoire.exe"
if not exist "%OBS_EXE%" (
  echo observatoire.exe n'est pas a cote de ce fichier : sortez d'abord tout le dossier de l'archive .zip.
  pause
  exit /b 1
)
powershell -NoProfile -ExecutionPolicy Bypass -Command "$d=[Environment]::GetFolderPath('Desktop'); $s=(New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path $d 'Observatoire.lnk')); $s.TargetPath=$env:OBS_EXE; $s.WorkingDirectory=[Environment]::GetFolderPath('MyDocuments'); $s.IconLocation=$env:OBS_EXE+',0'; $s.Save()"
if errorlevel 1 (
  echo Le raccourci n'a pas pu etre cree. Clic droit sur observatoire.exe, Envoyer vers, Bureau.
) else (
  echo Le raccourci "Observatoire" est sur votre bureau.
)
pause
