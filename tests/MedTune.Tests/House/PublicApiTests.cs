using System.Reflection;
using Xunit.Abstractions;

namespace MedTune.Tests.House;

/// <summary>The public API of each library, against the text a person approved in tests/TestData/PublicApi.</summary>
public sealed class PublicApiTests(ITestOutputHelper output)
{
    private const string Folder = "tests/TestData/PublicApi";
    private const string Switch = "MEDTUNE_APPROVE_PUBLIC_API";

    public static TheoryData<string> Libraries() =>
        [.. ProjectFile.All
            .Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal) && project.Name != "MedTune.Cli" && project.Name != "MedTune.Web")
            .Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_PublicApi_IsTheApprovedOne(string library)
    {
        string found = PublicApiPrinter.Print(Assembly.Load(library));
        string path = Repository.PathOf($"{Folder}/{library}.txt");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, found);
            output.WriteLine($"Written: {Folder}/{library}.txt. Read the difference before you commit it.");
            return;
        }

        if (!Directory.Exists(Repository.PathOf(Folder)))
        {
            output.WriteLine($"Nothing is approved yet: {Switch}=1 ./test PublicApi writes {Folder}.");
            return;
        }

        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved != found)
        {
            Assert.Fail($"""
                The public API of {library} is not the approved one. If the change is meant, run
                    {Switch}=1 ./test PublicApi
                and commit {Folder}/{library}.txt with the change.
                {Difference(approved, found)}
                """);
        }
    }

    [Fact]
    public void Print_SampleTypes_GivesOneLinePerMember()
    {
        string text = PublicApiPrinter.Print([typeof(ISampleShape), typeof(SampleOptions), typeof(SampleBox<>)]).ReplaceLineEndings("\n");
        Assert.Equal("""
            namespace MedTune.Tests.House

              interface PublicApiTests.ISampleShape
                double Area(int scale = 2)

              class PublicApiTests.SampleBox<T> : IDisposable where T : unmanaged
                SampleBox(params T[] items)
                T this[int index] { get; set; }
                bool TryOpen(string? path, out PublicApiTests.SampleBox<T> box)
                const string Unit = "mm"
                protected virtual string? Label(in T item, ref int count)
                virtual void Dispose()

              sealed record PublicApiTests.SampleOptions
                DayOfWeek Day { get; init; }
                IReadOnlyList<string?> Names { get; init; }
                SampleOptions(double Rate, DayOfWeek Day = DayOfWeek.Monday)
                double Rate { get; init; }

            """.ReplaceLineEndings("\n"), text);
    }

    private static string Difference(string approved, string found)
    {
        string[] before = approved.Split('\n');
        string[] after = found.Split('\n');
        return string.Join('\n', before.Except(after).Select(line => "- " + line.Trim()).Concat(after.Except(before).Select(line => "+ " + line.Trim())));
    }

    public interface ISampleShape
    {
        public double Area(int scale = 2);
    }

    public sealed record SampleOptions(double Rate, DayOfWeek Day = DayOfWeek.Monday)
    {
        public IReadOnlyList<string?> Names { get; init; } = [];
    }

    public class SampleBox<T>(params T[] items) : IDisposable
        where T : unmanaged
    {
        public const string Unit = "mm";

        public T this[int index]
        {
            get => items[index];
            set => items[index] = value;
        }

        public bool TryOpen(string? path, out SampleBox<T> box)
        {
            box = this;
            return path is not null;
        }

        public virtual void Dispose() => GC.SuppressFinalize(this);

        protected virtual string? Label(in T item, ref int count) => null;
    }
}
