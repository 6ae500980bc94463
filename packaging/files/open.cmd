@echo off
rem Double-click this file: the form opens in the browser. Or drop a file on it: a data file (.toml) is opened in the form,
rem a published report (Word, web page, PDF, workbook) is read first, and lies beside as a data file then.
rem Closing this window ends the form; everything typed is in the file by then.
setlocal
set "program=%~dp0nianbao.exe"
if not exist "%program%" (
    echo 找不到 nianbao.exe。请先把压缩包全部解开，再双击解开以后的 open.cmd。
    goto wait
)
set "data=%~1"
cd /d "%~dp0"
if "%data%"=="" goto form
if /i "%~x1"==".toml" goto form
set "data=%~dpn1.toml"
if not exist "%data%" "%program%" import "%~1" --out "%data%"
if not exist "%data%" goto wait
:form
if "%data%"=="" ("%program%" edit) else ("%program%" edit "%data%")
if not errorlevel 1 goto :eof
:wait
pause
