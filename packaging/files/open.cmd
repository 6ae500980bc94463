@echo off
rem Drop a data file (.toml) on this file: the report opens in the browser and follows every save.
rem Without one, the example is shown. Close this window to end.
setlocal
set "program=%~dp0nianbao.exe"
set "data=%~1"
if "%data%"=="" set "data=%~dp0examples\haidong-2023.toml"
"%program%" preview --open "%data%"
if errorlevel 1 pause
