@echo off
rem Builds the command line when a source is newer than the last build, then runs it with the caller's arguments.
setlocal
set "ROOT=%~dp0"
set "PROGRAM=%ROOT%artifacts\bin\MedTune.Cli\release\MedTune.Cli.dll"
set "STAMP=%ROOT%artifacts\medtune.stamp"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1

where dotnet >nul 2>nul
if errorlevel 1 (
  echo medtune needs the .NET SDK, version 10 ^(the command 'dotnet' was not found^). Install it, open a new window and try again. 1>&2
  exit /b 1
)

rem Exit code 0: the program is there and no source or folder is newer than the stamp.
powershell -NoProfile -Command "$s = Get-Item -LiteralPath $env:STAMP -ErrorAction SilentlyContinue; if (-not $s -or -not (Test-Path -LiteralPath $env:PROGRAM)) { exit 1 }; $newer = @(Get-ChildItem -LiteralPath ($env:ROOT + 'src') -Recurse; Get-Item ($env:ROOT + 'Directory.*.props'), ($env:ROOT + 'global.json')) | Where-Object { $_.LastWriteTimeUtc -gt $s.LastWriteTimeUtc } | Select-Object -First 1; if ($newer) { exit 1 }"
if not errorlevel 1 goto run

echo medtune: building (about a minute the first time) ... 1>&2
if not exist "%ROOT%artifacts" mkdir "%ROOT%artifacts"
rem Written before the build: a source saved while it runs counts as newer.
echo building> "%STAMP%.new"
dotnet build "%ROOT%src\MedTune.Cli\MedTune.Cli.csproj" -c Release -v quiet -nologo -nodeReuse:false > "%ROOT%artifacts\medtune-build.log" 2>&1
if errorlevel 1 (
  del "%STAMP%.new"
  type "%ROOT%artifacts\medtune-build.log" 1>&2
  echo medtune: the build failed; the whole output is in %ROOT%artifacts\medtune-build.log 1>&2
  exit /b 1
)
move /y "%STAMP%.new" "%STAMP%" >nul

:run
dotnet "%PROGRAM%" %*
exit /b %errorlevel%
