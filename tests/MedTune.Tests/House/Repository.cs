using System.Diagnostics;

namespace MedTune.Tests.House;

/// <summary>The working tree the tests were built from: where it is and which files belong to it.</summary>
internal static class Repository
{
    private static readonly string[] LeftOut = ["artifacts", "bin", "obj", "node_modules", "runs", ".git", "shared"];

    private static readonly Lazy<string[]> AllFiles = new(ListFiles);

    /// <summary>The folder that holds MedTune.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file of the repository (tracked, or new and not ignored), relative to the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files => AllFiles.Value;

    /// <summary>C# and Razor files a person wrote: generated ones (<c>*.g.cs</c>) are left out.</summary>
    public static IEnumerable<string> SourceFiles(params string[] folders) => Files
        .Where(file => folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal));

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MedTune.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests look for MedTune.slnx in the folders above their own; build them inside the repository.");
    }

    private static string[] ListFiles()
    {
        string[] files = ListWithGit() ?? ListByWalking();
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string[]? ListWithGit()
    {
        ProcessStartInfo start = new("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process git = Process.Start(start)!;
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            string[] listed = [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(PathOf(file)))];
            return git.ExitCode == 0 && listed.Length > 0 ? listed : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no git on this machine: a source archive was unpacked
        }
    }

    private static string[] ListByWalking()
    {
        List<string> found = [];
        Stack<string> folders = new([Root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (string child in Directory.EnumerateDirectories(folder))
            {
                if (!LeftOut.Contains(Path.GetFileName(child), StringComparer.Ordinal))
                {
                    folders.Push(child);
                }
            }

            found.AddRange(Directory.EnumerateFiles(folder).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')));
        }

        return [.. found];
    }
}
