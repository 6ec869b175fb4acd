using System.Text;
using MedTune.Data;

namespace MedTune.Cli.Output;

/// <summary>A file that appears whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a path before any work is done for it.</summary>
    /// <exception cref="DataException">The path is a folder, or its folder does not exist.</exception>
    public static void Check(string path, string option)
    {
        if (path.Length == 0)
        {
            throw new ArgumentsException($"{option} needs the name of a file.");
        }

        if (Directory.Exists(path))
        {
            throw new DataException($"{option} '{path}' is a folder; give the name of a file in it.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new DataException($"The folder of {option} '{path}' does not exist; create it first.");
        }
    }

    /// <summary>Writes a text file in UTF-8 under a temporary name and renames it.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        string temporary = path + ".partial";
        try
        {
            using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
            {
                write(writer);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Copies a file in the same way.</summary>
    public static void Copy(string source, string path)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(path))
        {
            return;
        }

        string temporary = path + ".partial";
        try
        {
            File.Copy(source, temporary, overwrite: true);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
