using MedTune.Cli;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Tests.Cli;

public sealed class FailureTests
{
    public static TheoryData<Exception, int> Exceptions() => new()
    {
        { new ArgumentsException("a"), 2 },
        { new PlanException("a"), 2 },
        { new DataException("a"), 3 },
        { new ModelFileException("a"), 4 },
        { new OperationCanceledException(), 130 },
        { new IOException("No space left on device"), 1 },
        { new InvalidOperationException("a"), 1 },
        { new AggregateException(new DataException("a")), 3 },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Of_Exception_HasItsExitCode(Exception exception, int code) => Assert.Equal(code, (int)Failure.Of(exception).Code);

    [Fact]
    public void Of_ManyLines_BecomesOne() => Assert.Equal("a b c", Failure.Of(new DataException("a\n b\t\r\nc")).Message);

    [Fact]
    public void Of_SeveralReasons_KeepsALineForEach()
    {
        Failure failure = Failure.Of(new DataException(["two reasons:", "one\n", "other"]));
        Assert.Equal("two reasons:", failure.Message);
        Assert.Equal(["one", "other"], failure.Reasons);
        Assert.Equal("two reasons: one other", (string)failure.ToJson()["error"]!["message"]!);
    }

    [Fact]
    public void Of_UnexpectedException_DoesNotQuoteIt()
    {
        Failure failure = Failure.Of(new InvalidOperationException("patient 4711"));
        Assert.DoesNotContain("4711", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Failure.DebugVariable, failure.Message, StringComparison.Ordinal);
    }
}
