using Orchestra.Sdk.Certificates;
using Orchestra.Sdk.Tests.Interop;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Certificates;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConcurrencyTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    [Test]
    public async Task Many_threads_on_an_empty_directory_make_one_authority_and_one_leaf_a_name()
    {
        // In real time, as the order of the threads is what is tried; two names, so that some share and some do not.
        using var barrier = new Barrier(16);
        PluginCertificate[] leaves = await Task.WhenAll(Enumerable.Range(0, 16).Select(index => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait(HangGuard.Limit);
                return new CertificateStore(_folder.Path).EnsureCertificateAsync($"plugin{index % 2}");
            },
            TaskCreationOptions.LongRunning).Unwrap())).Guarded();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(leaves.Select(static leaf => leaf.Authority.SerialNumber).Distinct(), Has.One.Items);
            Assert.That(leaves.Select(static leaf => leaf.SerialNumber).Distinct().Count(), Is.EqualTo(2));
            AssertNothingIsLeftBehind();
        }
    }

    [Test]
    public async Task Many_processes_on_an_empty_directory_make_one_authority_and_one_leaf_a_name()
    {
        var processes = new List<ChildProcess>();
        try
        {
            for (int index = 0; index < 6; index++)
            {
                processes.Add(CertificateProcess.StartEnsuring(_folder.Path, $"plugin{index % 2}"));
            }

            foreach (ChildProcess process in processes)
            {
                Assert.That(await process.ReadOutputLineAsync(), Is.EqualTo("ready"));
            }

            await Task.WhenAll(processes.Select(static process => process.WriteLineAsync("go")));
            ProcessResult[] results = await Task.WhenAll(processes.Select(static process => process.WaitForExitAsync()));
            string[][] serialNumbers = [.. results.Select(static result => result.Output.Trim().Split(' '))];
            using (Assert.EnterMultipleScope())
            {
                Assert.That(results.Select(static result => result.Error), Is.All.Empty);
                Assert.That(serialNumbers.Select(static pair => pair[0]).Distinct(), Has.One.Items);
                Assert.That(serialNumbers.Select(static pair => pair[1]).Distinct().Count(), Is.EqualTo(2));
                AssertNothingIsLeftBehind();
            }
        }
        finally
        {
            foreach (ChildProcess process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    [Test]
    public async Task A_lock_ends_with_the_process_that_holds_it()
    {
        Task<CertificateAuthority> waiting;
        await using (ChildProcess holder = CertificateProcess.StartLocking(_folder.Path))
        {
            Assert.That(await holder.ReadOutputLineAsync(), Is.EqualTo("ready"));
            waiting = _folder.NewStore().EnsureAuthorityAsync();
            await _folder.Time.WhenTimerRuns(DirectoryLock.RetryInterval).Guarded();
            Assert.That(waiting.IsCompleted, Is.False);
        }

        // The process was killed, not asked to end.
        Assert.That(await _folder.RunAsync(waiting), Is.Not.Null);
    }

    [Test]
    public async Task A_lock_that_another_keeps_is_an_error_in_the_end()
    {
        using DirectoryLock held = await DirectoryLock.AcquireAsync(_folder.Path, _folder.Time, CancellationToken.None);
        CertificateException refusal = await _folder.RefusalAsync();
        Assert.That(refusal.Path, Is.EqualTo(_folder.File(".lock")));
        Assert.That(refusal.Message, Does.Contain(".lock has been locked by another process for 5 seconds. End the process"));
    }

    [Test]
    public async Task Waiting_for_a_lock_can_be_canceled()
    {
        using DirectoryLock held = await DirectoryLock.AcquireAsync(_folder.Path, _folder.Time, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        Task<CertificateAuthority> waiting = _folder.NewStore().EnsureAuthorityAsync(cancellation.Token);
        Assert.That(waiting.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(() => waiting.Guarded(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_leaf_that_another_process_has_just_renewed_is_taken()
    {
        PluginCertificate old = await _folder.EnsureCertificateAsync("tools.greet");
        _folder.Time.Advance(TimeSpan.FromDays(300));
        Task<PluginCertificate> waiting;
        PluginCertificate renewed;
        using (await DirectoryLock.AcquireAsync(_folder.Path, _folder.Time, CancellationToken.None))
        {
            waiting = _folder.NewStore().EnsureCertificateAsync("tools.greet");
            Assert.That(waiting.IsCompleted, Is.False);
            renewed = new LeafFiles(_folder.Path, "tools.greet", old.Authority).Create(_folder.Time.GetUtcNow());
        }

        Assert.That((await _folder.RunAsync(waiting)).SerialNumber, Is.EqualTo(renewed.SerialNumber));
    }

    public void Dispose() => _folder.Dispose();

    private void AssertNothingIsLeftBehind() =>
        Assert.That(
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { ".lock", "ca.crt", "ca.key", "plugin0.crt", "plugin0.key", "plugin1.crt", "plugin1.key" }));
}
