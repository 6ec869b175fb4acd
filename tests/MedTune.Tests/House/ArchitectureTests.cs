using System.Reflection;
using System.Text.RegularExpressions;

namespace MedTune.Tests.House;

/// <summary>The dependency table of docs/architecture.md, held against the project files and the compiled assemblies.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> AllowedProjects = new(StringComparer.Ordinal)
    {
        ["MedTune.Tensors"] = [],
        ["MedTune.Graphs"] = ["MedTune.Tensors"],
        ["MedTune.Data"] = ["MedTune.Tensors"],
        ["MedTune.Evaluation"] = ["MedTune.Tensors"],
        ["MedTune.Training"] = ["MedTune.Tensors", "MedTune.Graphs", "MedTune.Data", "MedTune.Evaluation"],
        ["MedTune.Prediction"] = ["MedTune.Tensors", "MedTune.Graphs", "MedTune.Data"],
        ["MedTune"] = ["MedTune.Tensors", "MedTune.Graphs", "MedTune.Data", "MedTune.Evaluation", "MedTune.Training", "MedTune.Prediction"],
        ["MedTune.Reports"] = ["MedTune", "MedTune.Prediction", "MedTune.Data", "MedTune.Evaluation"],
        ["MedTune.Web"] = ["MedTune", "MedTune.Reports", "MedTune.Prediction", "MedTune.Data", "MedTune.Evaluation"],
        ["MedTune.Cli"] = ["MedTune", "MedTune.Reports", "MedTune.Prediction", "MedTune.Data", "MedTune.Evaluation"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new(StringComparer.Ordinal)
    {
        ["MedTune.Graphs"] = ["Google.Protobuf"],
        ["MedTune.Data"] = ["CsvHelper"],
        ["MedTune.Cli"] = ["Spectre.Console", "System.CommandLine"],
    };

    public static TheoryData<string> SourceProjects() =>
        [.. ProjectFile.All.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal)).Select(project => project.Path)];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void ProjectFile_References_AreInTheTable(string path)
    {
        ProjectFile project = ProjectFile.Read(path);
        Assert.True(AllowedProjects.ContainsKey(project.Name), $"{project.Name} has no line in the dependency table of docs/architecture.md and of this test.");
        HouseRule.Holds($"{path} references projects the dependency table does not allow:", project.Projects.Except(AllowedProjects[project.Name]));
        HouseRule.Holds($"{path} references packages the dependency table does not allow:", project.Packages.Except(AllowedPackages.GetValueOrDefault(project.Name, [])));
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void Assembly_References_AreInTheTable(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        IEnumerable<string> referenced = Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => reference == "MedTune" || reference.StartsWith("MedTune.", StringComparison.Ordinal));
        HouseRule.Holds($"{name} was compiled against projects the dependency table does not allow:", referenced.Except(AllowedProjects[name]));
    }

    [Fact]
    public void Solution_ListsEveryProject()
    {
        string solution = Repository.Read("MedTune.slnx");
        HouseRule.Holds(
            "MedTune.slnx must list every project:",
            ProjectFile.All.Select(project => project.Path).Where(path => !solution.Contains($"Path=\"{path}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void PublicTests_SeeNoInternals()
    {
        foreach (ProjectFile project in ProjectFile.All.Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal)))
        {
            IEnumerable<string> friends = Assembly.Load(project.Name)
                .GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
                .Select(attribute => attribute.AssemblyName);
            Assert.DoesNotContain("MedTune.PublicTests", friends);
            Assert.DoesNotContain(friends, friend => friend is "MedTune.Reports" or "MedTune.Web" or "MedTune.Cli");
        }
    }

    [Fact]
    public void Packages_EachHasItsLineInDependencies()
    {
        string document = Repository.Read("docs/dependencies.md");
        IEnumerable<string> central = Regex.Matches(Repository.Read("Directory.Packages.props"), "<PackageVersion Include=\"([^\"]+)\"")
            .Select(match => match.Groups[1].Value);
        HouseRule.Holds(
            "docs/dependencies.md must say of each package why it is here, under which licence, and how to drop it:",
            central.Where(package => !document.Contains($"| {package} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Modalities_DoNotUseEachOther()
    {
        Dictionary<string, string> files = Repository.SourceFiles("src/MedTune/Modalities").ToDictionary(file => file, Repository.Read, StringComparer.Ordinal);
        HouseRule.Holds("A modality uses no other modality; what both need goes down into an engine project:", ModalityCrossings(files));
    }

    [Fact]
    public void ModalityCrossings_TypeOfTheOtherFolder_IsNamed()
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal)
        {
            ["src/MedTune/Modalities/Genes/GeneReader.cs"] = "internal sealed class GeneReader { TableFlow? _flow; }",
            ["src/MedTune/Modalities/Tabular/TableFlow.cs"] = "internal sealed class TableFlow;",
        };
        Assert.Equal(["src/MedTune/Modalities/Genes/GeneReader.cs uses TableFlow of Tabular"], ModalityCrossings(files));
    }

    [Fact]
    public void ProjectFile_OfADisallowedReference_IsRead()
    {
        ProjectFile project = ProjectFile.Parse("src/MedTune.Data/MedTune.Data.csproj",
            "<Project><ItemGroup><ProjectReference Include=\"..\\MedTune.Graphs\\MedTune.Graphs.csproj\" /><PackageReference Include=\"X\" /></ItemGroup></Project>");
        Assert.Equal(["MedTune.Graphs"], project.Projects.Except(AllowedProjects[project.Name]));
        Assert.Equal(["X"], project.Packages.Except(AllowedPackages[project.Name]));
    }

    private static List<string> ModalityCrossings(IReadOnlyDictionary<string, string> files)
    {
        static string ModalityOf(string path) => path.Split('/')[3];
        ILookup<string, string> typesByModality = files
            .Where(file => file.Key.Count(letter => letter == '/') > 3)
            .SelectMany(file => SourceFile.TypesIn(file.Value).Select(type => (Modality: ModalityOf(file.Key), type.Name)))
            .ToLookup(pair => pair.Modality, pair => pair.Name, StringComparer.Ordinal);
        List<string> crossings = [];
        foreach ((string path, string text) in files.Where(file => file.Key.Count(letter => letter == '/') > 3))
        {
            foreach (IGrouping<string, string> other in typesByModality.Where(group => group.Key != ModalityOf(path)))
            {
                crossings.AddRange(other.Distinct(StringComparer.Ordinal)
                    .Where(name => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\b"))
                    .Select(name => $"{path} uses {name} of {other.Key}"));
            }
        }

        return crossings;
    }
}
